export type Bid = 1;
