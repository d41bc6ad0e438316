import type { RequestOptions } from "../config.ts";
import type { ListOptions, PageRequest } from "../page.ts";
import { pathPart, type Transport } from "../transport.ts";
import type { Customer, CustomerInput, CustomerUpdate, Message } from "../types.ts";

/** The people who pay you. */
export class Customers {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async create(input: CustomerInput, options?: RequestOptions): Promise<Customer> {
    return this.#transport.request({ method: "POST", path: "/customer/", body: input, creates: true }, options);
  }

  async get(uuid: string, options?: RequestOptions): Promise<Customer> {
    return this.#read(`/customer/uuid/${pathPart("uuid", uuid)}`, options);
  }

  async getByEmail(email: string, options?: RequestOptions): Promise<Customer> {
    return this.#read(`/customer/email/${pathPart("email", email)}`, options);
  }

  async getByReference(reference: string, options?: RequestOptions): Promise<Customer> {
    return this.#read(`/customer/reference/${pathPart("reference", reference)}`, options);
  }

  /** `await` it for one page, or `for await` it for all customers. */
  getAll(list: ListOptions = {}, options?: RequestOptions): PageRequest<Customer> {
    return this.#transport.list("/customer/all", list, options);
  }

  /** Every customer, page by page. */
  iterate(list: ListOptions = {}, options?: RequestOptions): AsyncGenerator<Customer, void, undefined> {
    return this.getAll(list, options)[Symbol.asyncIterator]();
  }

  async update(uuid: string, changes: CustomerUpdate, options?: RequestOptions): Promise<Customer> {
    const path = `/customer/${pathPart("uuid", uuid)}`;
    return this.#transport.request({ method: "PUT", path, body: changes }, options);
  }

  /** Erases the personal data; the payments stay. */
  async delete(uuid: string, options?: RequestOptions): Promise<Message> {
    return this.#transport.request({ method: "DELETE", path: `/customer/uuid/${pathPart("uuid", uuid)}` }, options);
  }

  async #read(path: string, options?: RequestOptions): Promise<Customer> {
    return this.#transport.request({ method: "GET", path }, options);
  }
}
