"""Work in figures: kept up to date in the background, asked for by pages, drawn by them."""
