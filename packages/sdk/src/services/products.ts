import type { RequestOptions } from "../config.ts";
import { pathPart, type Transport } from "../transport.ts";
import type { Message, Product, ProductInput, ProductUpdate } from "../types.ts";

/** What you sell again and again. */
export class Products {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async create(input: ProductInput, options?: RequestOptions): Promise<Product> {
    return this.#transport.request({ method: "POST", path: "/product/", body: input, creates: true }, options);
  }

  async get(id: number, options?: RequestOptions): Promise<Product> {
    return this.#read(`/product/id/${pathPart("id", id)}`, options);
  }

  async getByReference(reference: string, options?: RequestOptions): Promise<Product> {
    return this.#read(`/product/reference/${pathPart("reference", reference)}`, options);
  }

  async getAll(options?: RequestOptions): Promise<Product[]> {
    return this.#read("/product/", options);
  }

  async update(id: number, changes: ProductUpdate, options?: RequestOptions): Promise<Product> {
    const path = `/product/${pathPart("id", id)}`;
    return this.#transport.request({ method: "PUT", path, body: changes }, options);
  }

  /** Afterwards it is not found any more; sessions and payments made with it stay. */
  async delete(id: number, options?: RequestOptions): Promise<Message> {
    return this.#transport.request({ method: "DELETE", path: `/product/${pathPart("id", id)}` }, options);
  }

  async #read<T>(path: string, options?: RequestOptions): Promise<T> {
    return this.#transport.request<T>({ method: "GET", path }, options);
  }
}
