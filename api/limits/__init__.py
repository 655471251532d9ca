"""How often one address may ask, who may wait, and how much may be sent that nothing names."""
