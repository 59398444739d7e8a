// Pages load no framework: they are links and forms. What a script can add is in src/enhance.
export const csr = false;
