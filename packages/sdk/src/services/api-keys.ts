import type { RequestOptions } from "../config.ts";
import { pathPart, type Transport } from "../transport.ts";
import type { ApiKey, ApiKeyInput, CreatedApiKey, Message } from "../types.ts";

/** Keys of the API, yours and your users'. A test key makes, sees and deletes test keys only. */
export class ApiKeys {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * `key` is in this answer and nowhere else, ever. If the answer was lost on its way, the retry ends in ConflictError
   * `key_already_shown`: delete that key and create another.
   */
  async create(input: ApiKeyInput, options?: RequestOptions): Promise<CreatedApiKey> {
    return this.#transport.request({ method: "POST", path: "/api-key/", body: input, creates: true }, options);
  }

  /** Your own user's keys. */
  async getAll(options?: RequestOptions): Promise<ApiKey[]> {
    return this.#transport.request({ method: "GET", path: "/api-key/" }, options);
  }

  /** Another user's need an admin's or owner's key. */
  async getByUser(userId: number, options?: RequestOptions): Promise<ApiKey[]> {
    return this.#transport.request({ method: "GET", path: `/api-key/user/${pathPart("userId", userId)}` }, options);
  }

  /** The key stops working at once. */
  async delete(id: number, options?: RequestOptions): Promise<Message> {
    return this.#transport.request({ method: "DELETE", path: `/api-key/${pathPart("id", id)}` }, options);
  }
}
