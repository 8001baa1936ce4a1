/** Who keeps the seals of organisations. The platform asks for signatures; it never holds a key of a seal. */
import type { Seal } from "../../runtime/paper/signed/detached-signature.ts";

export interface SealOffice {
  /** The seal, ready to sign; undefined while the office cannot be asked or keeps none. */
  sealOf(organisation: { readonly id: string; readonly name: string }): Promise<Seal | undefined>;
}
