"""How often one address may ask."""
