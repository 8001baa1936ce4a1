/** The log is not what was signed before: it has shrunk, forked or lost something. Nothing is signed until people have looked. */
export class LogFault extends Error {
  readonly code: "shrunk" | "forked" | "gap" | "tampered" | "unfit";
  constructor(code: LogFault["code"], message: string) {
    super(message);
    this.code = code;
  }
}
