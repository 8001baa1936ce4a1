/**
 * Bodies of certificate-authority.md §2, as far as the first trade needs them: enrolment, refusal, revocation,
 * status push, certificate look-up. `seal-rsa` is refused by the shape: a CMS wrap of Kb is not made by this platform.
 */
import { Type } from "@sinclair/typebox";
import { bytesShape, closed, personalShape, refShape, timeShape } from "./envelope.ts";

const serial = Type.String({ pattern: "^[0-9a-f]{2,40}$" });
const literals = <T extends string>(...words: T[]) => Type.Union(words.map((word) => Type.Literal(word)));
export const certificateProfile = literals("sign-p256", "seal-p256", "sign-sm2", "seal-sm2", "sign-rsa");
const reason = literals("keyCompromise", "affiliationChanged", "superseded", "cessation", "withdrawn");

export const certificateMessages = {
  "ca.enrol": closed({
    requestId: refShape,
    profile: certificateProfile,
    holder: closed({
      kind: literals("org", "person"),
      creditCode: Type.Optional(Type.String({ pattern: "^[0-9A-HJ-NPQRTUWXY]{18}$" })),
      personRef: Type.Optional(refShape),
      name: personalShape,
      organisationName: Type.Optional(Type.String({ maxLength: 128 })),
    }),
    realNameReceipt: refShape,
    csr: bytesShape,
    legalRepConsentSig: Type.Optional(Type.String({ maxLength: 8192 })),
    contact: personalShape,
  }),
  "ca.issued": closed({
    requestId: refShape,
    serial,
    certDer: bytesShape,
    chainDer: Type.Array(bytesShape),
    notBefore: timeShape,
    notAfter: timeShape,
  }),
  "ca.refused": closed({ requestId: refShape, reason: literals("csr", "weakKey", "identity", "duplicateKey", "profile", "other") }),
  "ca.revoke": closed({
    requestId: refShape,
    serial,
    reason,
    invalidityAt: Type.Optional(timeShape),
    requesterSig: Type.String({ maxLength: 8192 }),
  }),
  "ca.revoked": closed({ requestId: Type.Optional(refShape), serial, revokedAt: timeShape }),
  "ca.statusChanged": closed({
    serial,
    status: literals("revoked", "onHold", "released"),
    reason: Type.Optional(reason),
    at: timeShape,
    invalidityAt: Type.Optional(timeShape),
  }),
} as const;

export const certificateAsks = {
  "ca.findCertificate": closed({
    creditCode: Type.Optional(Type.String({ maxLength: 18 })),
    personRef: Type.Optional(refShape),
    profile: certificateProfile,
    at: timeShape,
  }),
} as const;

export const certificateAnswers = {
  "ca.findCertificateAnswer": closed({ certificates: Type.Array(bytesShape) }),
} as const;
