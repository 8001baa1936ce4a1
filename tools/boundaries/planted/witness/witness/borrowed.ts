import { proof } from "../verifier/index.ts";

export const borrowed = proof;
