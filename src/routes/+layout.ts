// Pages load no script: they are links and forms. The list of places says otherwise for itself, for its map.
export const csr = false;
