/**
 * The database of the house: which server we run on, connections, transactions, migrations.
 * The only door of this folder, except `test-database.ts`, which tests import by itself.
 */
export { HouseError, type HouseProblem, houseErrorFrom } from "./house-error.ts";
export { inTurn } from "./in-turn.ts";
export { type DatabaseWish, type OpenDatabase, openDatabase, startSharedServer, stopSharedServer } from "./launcher.ts";
export { type Migration, migrate, readMigrations } from "./migrate.ts";
export { openPool, type Pool, type PoolWish, type Queryable, type Transaction, type TransactionWish, transaction } from "./pool.ts";
