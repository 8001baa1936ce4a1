/** What a person gave the story cannot be used; told in one sentence, before anything is written. */
export class FileFault extends Error {}
