"""Tables that leave the system as files: what a table is, and how it becomes CSV, a workbook or a picture."""
