"""What the shop keeps beside products: places, partners, categories, units, reasons."""
