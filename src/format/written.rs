//! The way back: a dossier's assertions as a table, and its sources, terms and claims as tables beside it.
