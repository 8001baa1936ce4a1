export const bid = 1;
