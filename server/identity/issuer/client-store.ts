/** The issuer's view of the connected systems: asked at each use, so that one that was taken off is a stranger at once. */
import type { Adapter, AdapterPayload } from "oidc-provider";
import type { ConnectedSystem } from "./connected-systems.ts";

const never = (): Promise<never> => Promise.reject(new Error("systems are admitted by two persons, never by the issuer"));

export class ClientStore implements Adapter {
  readonly #systems: () => Promise<readonly ConnectedSystem[]>;
  readonly upsert = never;
  readonly consume = never;
  readonly destroy = never;
  readonly revokeByGrantId = never;

  constructor(systems: () => Promise<readonly ConnectedSystem[]>) {
    this.#systems = systems;
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const system = (await this.#systems()).find(({ systemCode }) => systemCode === id);
    return system && clientOf(system);
  }

  async findByUid(): Promise<undefined> {
    return undefined;
  }

  async findByUserCode(): Promise<undefined> {
    return undefined;
  }
}

function clientOf({ systemCode, redirectUris, backchannelLogoutUri, keys }: ConnectedSystem): AdapterPayload {
  return {
    client_id: systemCode,
    redirect_uris: [...redirectUris],
    response_types: ["code"],
    grant_types: ["authorization_code"],
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    id_token_signed_response_alg: "ES256",
    subject_type: "pairwise",
    backchannel_logout_uri: backchannelLogoutUri,
    backchannel_logout_session_required: true,
    jwks: { keys: keys as never },
  };
}
