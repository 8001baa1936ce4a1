/** Identity: subjects, sessions, and who may see what. The only door of this folder. */
export { refusalOfSigner } from "./certificates/act-certificate.ts";
export * from "./certificates/certificate-status.ts";
export { type OwnCertificate, ownCertificates, renewalSchema, renewCertificate } from "./certificates/renewal.ts";
export {
  foundTrustList,
  hasTrustList,
  proposeTrustList,
  releaseTrustList,
  trustListView,
  trustProposalSchema,
  trustReleaseSchema,
  trustRowsAt,
} from "./certificates/trust-list.ts";
export { type Enrolment, enrol, enrolmentSchema, identityView } from "./enrolment.ts";
export {
  type ConnectedSystem,
  connectedSystems,
  connectedSystemsView,
  proposeSystem,
  releaseSystem,
  systemProposalSchema,
  systemReleaseSchema,
} from "./issuer/connected-systems.ts";
export { type IssuerWish, type LinkTarget, linkInto, makeIssuer, signOutEverywhere } from "./issuer/issuer.ts";
export { matrixCells } from "./matrix/read-table.ts";
export { endMandate, grantMandate, mandateEndSchema, mandateRefusal, mandateSchema, mandateView } from "./memberships/mandates.ts";
export {
  delegateMembership,
  delegateSchema,
  endMembership,
  endSchema,
  grantMembership,
  grantSchema,
  leaveOrganisation,
  leaveSchema,
} from "./memberships/membership-acts.ts";
export {
  findActor,
  findKey,
  findOrganisation,
  getOrganisation,
  type Membership,
  membershipsNamed,
  membershipsOf,
  namesOf,
  type Organisation,
  organisationsNamed,
  organisationsWithRole,
  peopleWithRole,
} from "./people.ts";
export { type Actor, type Role, roles, roleWords } from "./role.ts";
export { endSession, endSessionById, findSession, type Means, openSession, type Session, sessionsOf, switchMembership } from "./session.ts";
export { offerSignIn, signInByCertificate } from "./sign-in/certificate.ts";
export {
  offerPasskey,
  offerRegistration,
  passkeysOf,
  registerPasskey,
  removePasskey,
  type Site,
  signInByPasskey,
} from "./sign-in/passkeys.ts";
export { setPassword, signInByPassword } from "./sign-in/password.ts";
export { approveByPhone, askedOf, askPhone, signInByPhone } from "./sign-in/phone.ts";
export { judgeSelfTest, offerSelfTest } from "./sign-in/self-test.ts";
export { ActNonces } from "./step-up/act-nonces.ts";
export type { PersonDetails } from "./vault.ts";
export { maySee, type Phase, type Side } from "./visibility.ts";
