"""Which file is which document, and the lines that stand in no section of its outline.

Those are headings between the sections and names of writers and photographers. They are listed so that every
line that is not blank has its place; where the paragraphs stand is `lines` of the sections in the fixtures.
"""

# The beginning of the file's name, which is its number.
FILES = {
    "2021-06": "003_",
    "2021-12": "004_",
    "2022-04": "000_",
    "2024-10": "002_",
    "2024-autumn": "001_",
}

BETWEEN = {
    "2021-06": [23, 27, 31, 35, 39, 45],
    "2021-12": [9, 27, 49, 73],
    "2022-04": [9, 29, 45, 63, 73, 77, 85, 99, 113, 119, 131, 132],
    "2024-10": [11, 15, 29, 47, 77, 81],
    "2024-autumn": [24, 36, 48],
}
