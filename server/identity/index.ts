/** Identity: subjects, sessions, and who may see what. The only door of this folder. */
export { type Enrolment, enrol, enrolmentSchema, identityView } from "./enrolment.ts";
export { findActor, findKey, findOrganisation, getOrganisation, type Membership, membershipsOf, namesOf, type Organisation, organisationsWithRole, peopleWithRole } from "./people.ts";
export { type Actor, type Role, roles, roleWords, systemActor } from "./role.ts";
export { endSession, findSession, openSession } from "./session.ts";
export type { PersonDetails } from "./vault.ts";
export { maySee, type Phase, phases, type Side, visibility } from "./visibility.ts";
