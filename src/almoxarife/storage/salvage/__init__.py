"""Reading a damaged SQLite file without SQLite, which gives up at the first page that makes no sense.

Source of the format: https://www.sqlite.org/fileformat2.html
"""
