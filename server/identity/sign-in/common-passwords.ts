/**
 * A short packaged list of the passwords that are tried first, compared in lower case and as parts. It is no
 * comparison with breaches, and nobody may say so (decisions §7); a fuller list is loaded by a port.
 */
export const commonPasswords: readonly string[] = [
  "password",
  "passw0rd",
  "123456",
  "12345678",
  "123456789",
  "1234567890",
  "qwerty",
  "qwertyuiop",
  "1q2w3e4r",
  "1qaz2wsx",
  "111111",
  "000000",
  "abc123",
  "iloveyou",
  "admin",
  "administrator",
  "welcome",
  "letmein",
  "monkey",
  "dragon",
  "woaini",
  "5201314",
  "zxcvbnm",
  "asdfgh",
  "88888888",
  "66666666",
  "11223344",
  "112233",
  "123123",
  "654321",
  "987654321",
  "xiamen",
  "egret",
  "tender",
  "toubiao",
  "zhaobiao",
  "jiaoyi",
];

/** Too short, made of one common word, or made of few different characters. */
export function isWeakPassword(password: string, login: string): boolean {
  const lower = password.normalize("NFKC").toLowerCase();
  const rest = [login.toLowerCase(), ...commonPasswords].reduce((text, word) => text.replaceAll(word, ""), lower);
  return password.length < 12 || rest.length < 6 || new Set(lower).size < 6;
}
