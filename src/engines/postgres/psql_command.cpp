#include "engines/postgres/psql_command.h"

#include <span>

namespace slipway::postgres {

namespace {

struct Remedy {
    std::string_view names;  ///< each between blanks
    const char* remedy;
};

constexpr Remedy remedies[] = {
    {R"( \i \ir \include \include_relative )",
     "put the file's statements into this script, or make the file a migration of its own"},
    {R"( \set \unset \getenv \prompt )",
     "use a placeholder, ${name}, and give its value in the configuration or the environment"},
    {R"( \c \connect )",
     "leave it out: a run works on one database; give each database an environment of its own in slipway.toml"},
    {R"( \echo \qecho \warn )",
     "write a comment, or DO $$ BEGIN RAISE NOTICE 'text'; END $$; when it is to be seen in the log"},
    {R"( \copy )",
     "write COPY table FROM stdin; with the rows on the lines below it and \\. on a line of its own behind them"},
    {R"( \gexec )",
     "execute what the query yields in a DO block: FOR r IN query LOOP EXECUTE r.statement; END LOOP"},
    {R"( \g \gx \gdesc \crosstabview \; )", "end the statement with a semicolon instead"},
    {R"( \gset )", "keep the value in a variable of a DO block, or use a placeholder, ${name}"},
    {R"( \watch )", "end the statement with a semicolon: a migration runs each statement once"},
    {R"( \if \elif \else \endif )", "decide in a DO block with IF ... THEN, or in a placeholder's value"},
    {R"( \q \quit )", "delete it and what follows: a script ends with its file"},
    {R"( \. )", "it ends the rows of COPY ... FROM stdin; delete it, or write that statement above its rows"},
    {R"( \encoding )", "delete it and save the file as UTF-8, which is how scripts are read"},
    {R"( \! \cd \setenv )", "do this in the shell before or after the run: a migration runs SQL only"},
    {R"( \password )", "write ALTER ROLE name PASSWORD '${placeholder}', its value from the environment"},
    {R"( \sf \sv \x \a \t \f \H \o \out \p \print \pset \timing \r \reset \w \write \conninfo \errverbose \s )",
     "delete it: it only changes what psql shows"},
};

}  // namespace

std::string insteadOfPsqlCommand(std::string_view name) {
    const std::string sought = fmt::format(" {} ", name);
    for (const Remedy& remedy : remedies)
        if (remedy.names.find(sought) != std::string_view::npos) return remedy.remedy;
    if (name.starts_with("\\d") || name.starts_with("\\l") || name.starts_with("\\z"))
        return "delete it: it only shows what is in the database";
    return "delete it, or say the same in SQL: Slipway sends SQL to the server and executes no commands of psql";
}

}  // namespace slipway::postgres
