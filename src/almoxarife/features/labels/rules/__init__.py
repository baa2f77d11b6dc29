"""Rules of labels: sheets, codes and what stands where on one label. Lengths in mm, sizes of letters in points."""
