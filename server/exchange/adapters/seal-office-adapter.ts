/** The seal office over HTTP. An office that does not answer leaves the paper without a seal, and the paper says so. */
import { base64, fromBase64 } from "../../../formats/bytes.ts";
import type { SealAnswer, SealQuestion } from "../../../formats/seal-office.ts";
import type { SealOffice } from "../ports/seal-office-port.ts";

export interface SealOfficeAddress {
  readonly url: string;
  readonly token: string;
}

const timeoutMs = 5_000;

export function sealOfficeAdapter(address: SealOfficeAddress): SealOffice {
  return {
    async sealOf({ id, name }) {
      const question = { organisationId: id, name };
      const found = await ask(address, question).catch(() => undefined);
      return (
        found && {
          name,
          family: found.family,
          certificates: found.certificates.map((text) => fromBase64(text)),
          async sign(bytes) {
            const { signature } = await ask(address, { ...question, bytes: base64(bytes) });
            if (signature === undefined) throw new Error("the seal office gave no signature");
            return fromBase64(signature);
          },
        }
      );
    },
  };
}

async function ask({ url, token }: SealOfficeAddress, question: SealQuestion): Promise<SealAnswer> {
  const answer = await fetch(`${url}/seals`, {
    method: "POST",
    headers: { "content-type": "application/json", "seal-token": token },
    body: JSON.stringify(question),
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!answer.ok) throw new Error(`the seal office answered ${answer.status}`);
  return (await answer.json()) as SealAnswer;
}
