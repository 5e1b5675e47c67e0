"""How good the extraction is: labels by careful readers, a scorer, floors that must hold, and what peers reach.

python -m evaluation                   figures on the labels, by group and field, and the kinds of error
python -m evaluation --peers           the same labels read by a plain expression and by other libraries
python -m evaluation --gate            fails when a figure is below its floor in floors.toml
"""
