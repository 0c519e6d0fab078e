The runner of these files, run on files of its own.

What is as expected says nothing:

  $ cat >good.t <<'END'
  > Prose is passed over.
  >   $ name=World
  >   $ echo "Hello, $name" >&2; seq 3; echo it took 12 ms
  >   Hello, * (glob)
  >   1
  >   ...
  >   it took [0-9]+ ms (re)
  >   $ cat <<EOF
  >   > in
  >   > EOF
  >   in
  >   $ (exit 3)
  >   [3]
  >   $ echo $? in $PWD; cd /
  >   3 in $TMP
  >   $ pwd; printf 'no line end'
  >   /
  >   no line end (no-eol)
  > END
  $ runner good.t

What is not, is shown as a difference, and the exit code is 1:

  $ cat >bad.t <<'END'
  >   $ echo one; echo two
  >   one
  >   three
  >   $ false
  >   $ exit 1
  >   $ echo never reached
  > END
  $ runner bad.t
  @@ bad.t:1 @@
     $ echo one; echo two
     one
  -  three
  +  two
  @@ bad.t:4 @@
     $ false
  +  [1]
  @@ bad.t:5 @@
     $ exit 1
  +  (the shell ended here)
  @@ bad.t:6 @@
  the shell ended before this command: $ echo never reached
  [1]

An update keeps what still matches as it was written:

  $ cat >old.t <<'END'
  >   $ echo took 5 s; echo done
  >   took * s (glob)
  >   not done
  > Prose.
  > END
  $ runner --update old.t | tail -n 1
  old.t now says what happened; look at the difference before you keep it
  $ cat old.t
    $ echo took 5 s; echo done
    took * s (glob)
    done
  Prose.
  $ runner old.t

A page of documentation is tested by its console blocks, beside a copy of the examples:

  $ cat >page.md <<'END'
  > ```sh
  > $ a block of another kind is not run
  > ```
  > ```console
  > $ echo from a page
  > from a page
  > $ echo $(basename examples)
  > sample
  > ```
  > END
  $ runner page.md
  @@ page.md:7 @@
   $ echo $(basename examples)
  -sample
  +examples
  [1]

On a page, what no two runs have in common may stand as it was seen once, so that readers see plain output:

  $ cat >plain.md <<'END'
  > ```console
  > $ echo 'took 12 ms, at 2026-11-24 04:34:29, by process 99'
  > took 1.5 s, at 2026-01-02 03:04:05, by process 7
  > $ echo 'took 12 ms of 3'
  > took 12 ms of 4
  > ```
  > END
  $ runner plain.md
  @@ plain.md:4 @@
   $ echo 'took 12 ms of 3'
  -took 12 ms of 4
  +took 12 ms of 3
  [1]

Nothing that a session started outlives it, and a session that takes too long is ended:

  $ cat >slow.t <<'END'
  >   $ setsid sleep 98761 &
  >   $ sleep 60
  > END
  $ runner --seconds 1 slow.t
  @@ slow.t:2 @@
     $ sleep 60
  +  (ended after 1 s)
  [1]
  $ ps -eo args | grep -c '^sleep 98761'
  0
  [1]

A file without commands, and a file that is not there, are no success:

  $ echo prose >prose.t; runner prose.t
  prose.t holds no command
  [2]
  $ runner missing.t
  missing.t cannot be read
  [2]
