import type { RequestOptions } from "../config.ts";
import { pathPart, type Transport } from "../transport.ts";
import type { Message, User, UserInput, UserUpdate } from "../types.ts";

/** The people of your organization. A plain user's key sees and changes its own user alone. */
export class Users {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Needs an admin's or owner's key. */
  async create(input: UserInput, options?: RequestOptions): Promise<User> {
    return this.#transport.request({ method: "POST", path: "/user/", body: input, creates: true }, options);
  }

  /** The user whose key this is. */
  async me(options?: RequestOptions): Promise<User> {
    return this.#transport.request({ method: "GET", path: "/user/" }, options);
  }

  async get(id: number, options?: RequestOptions): Promise<User> {
    return this.#transport.request({ method: "GET", path: `/user/id/${pathPart("id", id)}` }, options);
  }

  /** Every user; with a plain user's key that user alone. */
  async getAll(options?: RequestOptions): Promise<User[]> {
    return this.#transport.request({ method: "GET", path: "/user/all" }, options);
  }

  async update(id: number, changes: UserUpdate, options?: RequestOptions): Promise<User> {
    return this.#transport.request({ method: "PUT", path: `/user/${pathPart("id", id)}`, body: changes }, options);
  }

  /** Needs an admin's or owner's key. The user's keys stop working at once; owners stay. */
  async delete(id: number, options?: RequestOptions): Promise<Message> {
    return this.#transport.request({ method: "DELETE", path: `/user/${pathPart("id", id)}` }, options);
  }
}
