#require database

examples/shop-broken holds the migrations of an article on database version control, with their mistakes (the B numbers of its README).
This is what whoever runs them meets, one after the other; nothing of it is left half done.

  $ cp -r "$EXAMPLES/shop-broken" . && cd shop-broken

B36: the location is not where the files lie.

  $ slipway info
  flyway.conf:8:1: error: the class path location 'classpath:db/migration' is no folder of this project
    hint: write the folder as a path: filesystem:db/migrations
  [2]
  $ sed -i 's,classpath:db/migration,filesystem:db/migrations,' flyway.conf

Callbacks in Java cannot run here. A project that counts on them is not run without them:

  $ slipway info
  flyway.conf:22:1: error: Slipway does not support 'flyway.callbacks'
    hint: remove it: Java callbacks cannot run here; write the callback in SQL (afterMigrate.sql in a location), which needs no key
  [2]
  $ sed -i /callbacks/d flyway.conf

The url, the user and the password come from variables, so they have to be there:

  $ slipway info
    warning: flyway.conf:19: USER is not set, so the history will name the database's role
  flyway.conf:3: error: environment 'default' needs the variable env, which is not set
    hint: set env in the environment of this command
  [2]
  $ sed -i '/flyway.user/d; /flyway.password/d; s,^flyway.url=.*,flyway.url=${DB_URL},' flyway.conf
  $ USER=ada slipway info
  Environment default: database $DB_NAME, PostgreSQL * (glob)
  Schema version: << Empty Schema >>
  
  Category   Version  Description                       Type  Installed On  State    Undoable
  Versioned  001      Create users foundation           SQL                 Pending  No
  Versioned  002      Add user profiles enhanced        SQL                 Pending  No
  Versioned  010      Add user full name expand         SQL                 Pending  No
  Versioned  011      Remove user name fields contract  SQL                 Pending  No
  Versioned  023      Add payment processing tables     SQL                 Pending  Yes
  
  5 migrations pending: `slipway plan` shows what would run, `slipway migrate` runs it.

B24 and mixed=false: CONCURRENTLY stands beside other statements, which the configuration forbids. It is told before any script has run.

  $ export USER=ada
  $ slipway migrate
  db/migrations/V023__Add_payment_processing_tables.sql:30:1: error: Detected both transactional and non-transactional statements within the same migration (even though mixed is false)
    | CREATE INDEX CONCURRENTLY idx_payments_user_id ON payments(user_id)
    hint: move the statement to a migration of its own, or leave `mixed` out of the configuration: Slipway then runs the script in segments and can resume between them
  [2]
  $ sql '\dt'
  public|schema_version|table|postgres
  $ sed -i /mixed/d flyway.conf

B12: a column of another table.

  $ slipway migrate
    ✓ V001 Create users foundation (*) (glob)
    ✓ V002 Add user profiles enhanced (*) (glob)
    ✗ V010 Add user full name expand
  db/migrations/V010__Add_user_full_name_expand.sql:21:39: error: column "first_name" does not exist (SQLSTATE 42703)
    | UPDATE users SET full_name = COALESCE(first_name || ' ' || last_name, username)
    | WHERE full_name IS NULL
    nothing of V010 Add user full name expand was applied
    hint: correct the statement and run the command again
  [1]
  $ slipway info | tail -n +4
  Category   Version  Description                       Type  Installed On         State    Undoable
  Versioned  001      Create users foundation           SQL   ????-??-?? ??:??:??  Success  No (glob)
  Versioned  002      Add user profiles enhanced        SQL   ????-??-?? ??:??:??  Success  No (glob)
  Versioned  010      Add user full name expand         SQL                        Pending  No
  Versioned  011      Remove user name fields contract  SQL                        Pending  No
  Versioned  023      Add payment processing tables     SQL                        Pending  Yes
  
  3 migrations pending: `slipway plan` shows what would run, `slipway migrate` runs it.
  $ sql '\dt'
  public|schema_version|table|postgres
  public|user_profiles|table|postgres
  public|users|table|postgres
  $ rm db/migrations/V01*

B23: a type is used before it is there. What the script has done is gone again, and so is its row.

  $ slipway migrate
    ✗ V023 Add payment processing tables
  db/migrations/V023__Add_payment_processing_tables.sql:15:12: error: type "payment_status" does not exist (SQLSTATE 42704)
    | CREATE TABLE payments (
    |     id BIGSERIAL PRIMARY KEY,
    |     uuid UUID DEFAULT gen_random_uuid() UNIQUE NOT NULL,
    |     user_id BIGINT NOT NULL REFERENCES users(id),
    | … (9 lines more)
    nothing of V023 Add payment processing tables was applied
    hint: correct the statement and run the command again
  [1]
  $ sql "SELECT to_regclass('payments') IS NULL, (SELECT count(*) FROM schema_version)"
  t|2

B6: the way back that the headers promise is not there.

  $ slipway undo
  db/migrations/V002__Add_user_profiles_enhanced.sql: error: V002 Add user profiles enhanced has no undo script
    hint: write its undo script beside it, or declare why there is none: irreversible = "reason"
  [1]
