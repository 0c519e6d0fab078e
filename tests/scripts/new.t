`slipway new` writes a migration with the header that reviewers expect, and the script that takes it back.

  $ slipway new add_payment_tables --author Ada --ticket PAY-456
  Created db/migrations/V??????????????__Add_payment_tables.sql (glob)
  Created db/migrations/U??????????????__Add_payment_tables.sql (glob)
  $ cat db/migrations/V*
  -- Migration: Add payment tables
  -- Author: Ada
  -- Ticket: PAY-456
  -- Dependencies: None
  -- Impact: 
  -- Rollback: U??????????????__Add_payment_tables.sql (glob)
  
  $ cat db/migrations/U*
  -- Rollback: Add payment tables
  -- Takes back V??????????????__Add_payment_tables.sql. Say here which data is lost, if any. (glob)
  

The version is the time in UTC, so that two branches do not take the same number; two in one second differ all the same:

  $ slipway new 'Add refunds' --author Ada >/dev/null
  $ slipway new more_refunds --author Ada >/dev/null
  $ ls db/migrations | sed 's/__.*//' | sort | uniq -d

Without --author it is git's user, without git the user of this machine:

  $ printf '[user]\n\tname = Grace Hopper\n' >~/.gitconfig
  $ slipway new with_git --format json
  {
    "slipway": 1,
    "migration": "db/migrations/V??????????????__With_git.sql", (glob)
    "undo": "db/migrations/U??????????????__With_git.sql" (glob)
  }
  $ grep -h Author db/migrations/*With_git.sql
  -- Author: Grace Hopper

The configuration decides on folder, prefix and suffix:

  $ cat >flyway.conf <<'CONF'
  > flyway.url=jdbc:postgresql://localhost/x
  > flyway.locations=filesystem:sql
  > flyway.sqlMigrationPrefix=MIG
  > flyway.undoSqlMigrationPrefix=BACK
  > flyway.sqlMigrationSeparator=-
  > CONF
  $ slipway new one
  Created sql/MIG??????????????-One.sql (glob)
  Created sql/BACK??????????????-One.sql (glob)

A project of up and down scripts gets such a pair:

  $ rm flyway.conf; mkdir -p pairs/migrations; touch pairs/migrations/0001_start.up.sql
  $ cd pairs
  $ slipway new 'second step'
  Created migrations/??????????????_second_step.up.sql (glob)
  Created migrations/??????????????_second_step.down.sql (glob)

A name has to be one that every file system takes:

  $ slipway new 'drop/table'
  error: '/' cannot stand in the name of a migration
    hint: use letters, digits and underscores: slipway new add_payment_tables
  [2]
  $ slipway new ' '
  error: the migration needs a name
    hint: such as: slipway new add_payment_tables
  [2]
  $ slipway new
  error: NAME is required
    hint: see `slipway help new`
  [2]
