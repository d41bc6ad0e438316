export { addOwner, createUser } from "./create.ts";
export { getUser, listUsers, organizationFeeBpsOf } from "./get.ts";
export { hashPassword, passwordDigest, verifyPassword } from "./password.ts";
export { requireMayManage } from "./rank.ts";
export { removeUser, updateUser } from "./update.ts";
export { type Role, type User, userResource, wireRole } from "./user.ts";
