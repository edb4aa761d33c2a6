//! One relation of a dossier's graph, for algorithms that need no more.
