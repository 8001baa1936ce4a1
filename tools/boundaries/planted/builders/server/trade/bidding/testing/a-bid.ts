export const aBid = {};
