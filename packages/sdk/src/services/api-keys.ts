import type { RequestOptions } from "../config.ts";
import { pathPart, type Transport } from "../transport.ts";
import type { ApiKey, ApiKeyInput, CreatedApiKey, Message } from "../types.ts";

/** Keys of the API, yours and your users'. */
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

  async getAll(options?: RequestOptions): Promise<ApiKey[]> {
    return this.#transport.request({ method: "GET", path: "/api-key/" }, options);
  }

  async getByUser(userId: number, options?: RequestOptions): Promise<ApiKey[]> {
    return this.#transport.request({ method: "GET", path: `/api-key/user/${pathPart("userId", userId)}` }, options);
  }

  async delete(id: number, options?: RequestOptions): Promise<Message> {
    return this.#transport.request({ method: "DELETE", path: `/api-key/${pathPart("id", id)}` }, options);
  }
}
