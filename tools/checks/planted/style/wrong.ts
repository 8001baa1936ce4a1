export function price(fen: any) { var  total = fen; return total == 1 }
