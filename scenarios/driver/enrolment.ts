/** Enrolments as the platform wants them: the person's keys and certificates come from the sandbox wallet, which ordered them from the authority. */
import type { Enrolment, Role, TrustRow } from "../../server/identity/index.ts";
import type { Simulators } from "../../simulators/start.ts";

export interface EnrolmentWish {
  organisation: Enrolment["organisation"];
  people: readonly { key: string; id: string; details: Enrolment["people"][number]["details"]; roles: readonly Role[] }[];
}

/** @param createPerson the wallet's door that makes keys and certificates of a person. */
export async function enrolmentFor(
  wish: EnrolmentWish,
  createPerson: (person: object) => Promise<Record<string, unknown>>,
): Promise<Enrolment> {
  const { organisation } = wish;
  const people = await Promise.all(
    wish.people.map(async ({ id, details, roles }) => {
      const made = await createPerson({
        personId: id,
        name: details.name,
        organisation: { creditCode: organisation.creditCode, name: organisation.name },
      });
      return { id, details, roles: [...roles], certificates: made.certificates as Enrolment["people"][number]["certificates"] };
    }),
  );
  return { organisation, people };
}

/** The sandbox's first trust list: its one authority, whose list is reached at the address of its peer row. */
export async function sandboxTrust(simulators: Pick<Simulators, "control">): Promise<TrustRow[]> {
  const { rootDer, issuingDer } = (await simulators.control("ca", "books")) as { rootDer: string; issuingDer: string };
  return [
    { caId: "sim-ca-a", rootDer, issuingDer: [issuingDer], crlUrl: "http://sim-ca-a.localhost/crl/sim-ca-a.crl", uses: ["sign", "seal"] },
  ];
}
