/** Enrolments as the platform wants them: the person's keys and certificates come from the sandbox wallet, which ordered them from the authority. */
import type { SignatureFamily } from "../../formats/act-signature.ts";
import type { Enrolment, Role, TrustRow } from "../../server/identity/index.ts";
import type { Simulators } from "../../simulators/start.ts";

export interface EnrolmentWish {
  organisation: Enrolment["organisation"];
  people: readonly {
    key: string;
    id: string;
    family?: SignatureFamily;
    details: Enrolment["people"][number]["details"];
    roles: readonly Role[];
  }[];
}

/** @param createPerson the wallet's door that makes keys and certificates of a person. */
export async function enrolmentFor(
  wish: EnrolmentWish,
  createPerson: (person: object) => Promise<Record<string, unknown>>,
): Promise<Enrolment> {
  const { organisation } = wish;
  const people = await Promise.all(
    wish.people.map(async ({ id, details, roles, family }) => {
      const made = await createPerson({
        personId: id,
        name: details.name,
        ...(family ? { family } : {}),
        organisation: { creditCode: organisation.creditCode, name: organisation.name },
      });
      return { id, details, roles: [...roles], certificates: made.certificates as Enrolment["people"][number]["certificates"] };
    }),
  );
  return { organisation, people };
}

/** The sandbox's first trust list: a row for each chain of its authority, whose lists are reached at the address of its peer row. */
export async function sandboxTrust(simulators: Pick<Simulators, "control">): Promise<TrustRow[]> {
  const { chains } = (await simulators.control("ca", "books")) as { chains: { caId: string; rootDer: string; issuingDer: string }[] };
  return chains.map(({ caId, rootDer, issuingDer }) => ({
    caId,
    rootDer,
    issuingDer: [issuingDer],
    crlUrl: `http://sim-ca-a.localhost/crl/${caId}.crl`,
    // Two ways in one sandbox: the chain of P-256 is judged by its list alone, the others by their service first.
    ...(caId === "sim-ca-a" ? {} : { ocspUrl: "http://sim-ca-a.localhost/ocsp" }),
    uses: ["sign", "seal"],
  }));
}
