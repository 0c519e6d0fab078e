#include "engines/postgres/builtins.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "support/database.h"

namespace slipway::postgres {
namespace {

/// The table of this program and what the running server says must be the same rows.
class Builtins : public testing::Test {
  protected:
    std::set<std::string> rowsOfServer(const std::string& query) {
        std::set<std::string> rows;
        for (const auto& row : connection_->query(query).rows) rows.insert(row.at(0).value_or(""));
        return rows;
    }

    template <class Row>
    std::set<std::string> rowsOfTable(std::span<const Row> table, auto&& print) {
        std::set<std::string> rows;
        for (const Row& row : table) {
            if (!row.versions.contains(server_)) continue;
            EXPECT_TRUE(rows.insert(print(row)).second) << "twice: " << print(row);
        }
        return rows;
    }

    /// Not for the row types of the catalogs, some of which hold pseudo-types.
    bool canBeAColumn(const BuiltinType& type) {
        if (!type.element.empty()) return canBeAColumn(*builtinType(type.element, server_));
        return type.kind != 'p' && type.kind != 'c';
    }

    static void expectSame(const std::set<std::string>& table, const std::set<std::string>& server) {
        EXPECT_GT(server.size(), 100u);
        std::vector<std::string> missing, wrong;
        std::ranges::set_difference(server, table, std::back_inserter(missing));
        std::ranges::set_difference(table, server, std::back_inserter(wrong));
        EXPECT_EQ(missing, std::vector<std::string>{}) << "the server has them and the table does not";
        EXPECT_EQ(wrong, std::vector<std::string>{}) << "the table has them and the server does not";
    }

    tests::Database database_;
    std::unique_ptr<Connection> connection_ = database_.connect();
    const int server_ = tests::serverMajor();
};

TEST_F(Builtins, FunctionsAreThoseOfTheServer) {
    expectSame(rowsOfTable(builtinFunctions(),
                           [](const BuiltinFunction& f) {
                               return fmt::format("{}({}) {} {} {} {} {} {}", f.name, f.arguments, f.result,
                                                  f.argumentCount, f.defaults, f.variadic, f.volatility, f.kind);
                           }),
               rowsOfServer(R"(
        SELECT format('%s(%s) %s %s %s %s %s %s', proname,
            (SELECT string_agg(typname, ', ' ORDER BY n) FROM unnest(proargtypes) WITH ORDINALITY AS a(type, n)
             JOIN pg_type t ON t.oid = a.type),
            r.typname, pronargs, pronargdefaults, (provariadic <> 0)::text, provolatile, prokind)
        FROM pg_proc JOIN pg_type r ON r.oid = prorettype WHERE pronamespace = 'pg_catalog'::regnamespace)"));
}

TEST_F(Builtins, TypesAreThoseOfTheServer) {
    expectSame(rowsOfTable(builtinTypes(),
                           [](const BuiltinType& t) {
                               return fmt::format("{} {} {}/{} {} {}{}{}{} {} {} {} {}{}", t.name, t.formatted,
                                                  t.element, t.array, t.length, t.align, t.storage, t.kind, t.category,
                                                  t.byValue, t.collatable, t.modifiers, t.inputVolatility,
                                                  t.outputVolatility);
                           }),
               rowsOfServer(R"(
        SELECT format('%s %s %s/%s %s %s%s%s%s %s %s %s %s%s', t.typname, format_type(t.oid, NULL), e.typname,
            a.typname, t.typlen, t.typalign, t.typstorage, t.typtype, t.typcategory, t.typbyval::text, (t.typcollation <> 0)::text,
            (t.typmodin <> 0)::text, (SELECT provolatile FROM pg_proc p WHERE p.oid = t.typinput),
            (SELECT provolatile FROM pg_proc p WHERE p.oid = t.typoutput))
        FROM pg_type t LEFT JOIN pg_type e ON e.typarray = t.oid LEFT JOIN pg_type a ON a.oid = t.typarray
        WHERE t.typnamespace = 'pg_catalog'::regnamespace)"));
}

TEST_F(Builtins, CastsAreThoseOfTheServer) {
    expectSame(rowsOfTable(builtinCasts(),
                           [](const BuiltinCast& c) {
                               return fmt::format("{} {} {} {}{} {}", c.source, c.target, c.function, c.method,
                                                  c.context, c.simplifies);
                           }),
               rowsOfServer(R"(
        SELECT format('%s %s %s %s%s %s', s.typname, t.typname, proname, castmethod, castcontext,
            (coalesce(prosupport, '-') <> '-'::regproc)::text)
        FROM pg_cast c JOIN pg_type s ON s.oid = castsource JOIN pg_type t ON t.oid = casttarget
            LEFT JOIN pg_proc p ON p.oid = castfunc
        WHERE c.oid < 16384 AND s.typnamespace = 'pg_catalog'::regnamespace)"));
    for (const BuiltinCast& cast : builtinCasts()) {
        if (!cast.versions.contains(server_) || cast.method != 'f') continue;
        const std::string volatility = connection_->value(fmt::format(
            "SELECT provolatile FROM pg_cast JOIN pg_proc p ON p.oid = castfunc WHERE castsource = '\"{}\"'::regtype "
            "AND casttarget = '\"{}\"'::regtype", cast.source, cast.target)).value();
        EXPECT_EQ(std::string(1, cast.volatility), volatility) << cast.source << " to " << cast.target;
    }
}

TEST_F(Builtins, OperatorsAreThoseOfTheServer) {
    expectSame(rowsOfTable(builtinOperators(),
                           [](const BuiltinOperator& o) {
                               return fmt::format("{} {} {} {} {} {}", o.left, o.name, o.right, o.result, o.function,
                                                  o.volatility);
                           }),
               rowsOfServer(R"(
        SELECT format('%s %s %s %s %s %s', l.typname, oprname, r.typname, t.typname, proname, provolatile)
        FROM pg_operator JOIN pg_proc p ON p.oid = oprcode JOIN pg_type t ON t.oid = oprresult
            LEFT JOIN pg_type l ON l.oid = oprleft LEFT JOIN pg_type r ON r.oid = oprright
        WHERE oprnamespace = 'pg_catalog'::regnamespace)"));
}

TEST_F(Builtins, IndexesGetTheOperatorClassesOfTheTable) {
    std::set<std::string> table;
    for (const std::string method : {"btree", "hash", "gist", "gin", "spgist", "brin"})
        for (const BuiltinType& type : builtinTypes()) {
            if (!type.versions.contains(server_) || !canBeAColumn(type)) continue;
            if (const DefaultOpclass* opclass = defaultOpclass(method, type.name, server_))
                table.insert(fmt::format("{} {} {} {} {} {}", method, type.name, opclass->name, opclass->family,
                                         opclass->inputType, opclass->keyType));
        }
    connection_->run(R"(
        CREATE TABLE made (type name, index oid);
        DO $$
        DECLARE t record; method name; made regclass;
        BEGIN
            FOR t IN SELECT p.oid, p.typname FROM pg_type p LEFT JOIN pg_type e ON e.typarray = p.oid
                WHERE p.typnamespace = 'pg_catalog'::regnamespace AND p.typtype IN ('b', 'r', 'm')
                AND coalesce(e.typtype, 'b') IN ('b', 'r', 'm') LOOP
                EXECUTE format('CREATE TABLE %I (c %s)', 't_' || t.oid, t.oid::regtype);
                FOR method IN SELECT amname FROM pg_am WHERE amtype = 'i' LOOP
                    BEGIN
                        EXECUTE format('CREATE INDEX %I ON %I USING %I (c)', method || t.oid, 't_' || t.oid, method);
                        INSERT INTO made VALUES (t.typname, quote_ident(method || t.oid)::regclass);
                    EXCEPTION WHEN undefined_object OR undefined_function THEN NULL;
                    END;
                END LOOP;
            END LOOP;
        END $$;)");
    expectSame(table, rowsOfServer(R"(
        SELECT format('%s %s %s %s %s %s', amname, type, opcname, opfname, i.typname, k.typname)
        FROM made JOIN pg_index ON indexrelid = index JOIN pg_opclass c ON c.oid = indclass[0]
            JOIN pg_am a ON a.oid = opcmethod JOIN pg_opfamily f ON f.oid = opcfamily
            JOIN pg_type i ON i.oid = opcintype LEFT JOIN pg_type k ON k.oid = opckeytype)"));
}

TEST(BuiltinTypes, AreFoundByTheNameThatPeopleSee) {
    auto name = [](std::string_view formatted) {
        const BuiltinType* type = builtinTypeNamed(formatted);
        return type ? type->name : "";
    };
    EXPECT_EQ(name("integer"), "int4");
    EXPECT_EQ(name("character varying(20)"), "varchar");
    EXPECT_EQ(name("character(3)"), "bpchar");
    EXPECT_EQ(name("bpchar"), "bpchar");
    EXPECT_EQ(name("\"char\""), "char");
    EXPECT_EQ(name("numeric(10,2)[]"), "_numeric");
    EXPECT_EQ(name("timestamp(3) with time zone"), "timestamptz");
    EXPECT_EQ(name("interval day to second(3)"), "interval");
    EXPECT_EQ(name("int4"), "");
    EXPECT_EQ(name("hstore"), "");
}

TEST(BuiltinFunctions, AreAsVolatileAsTheWorstThatACallCanMean) {
    EXPECT_EQ(volatilityOf("now", 0, 15), 's');
    EXPECT_EQ(volatilityOf("clock_timestamp", 0, 15), 'v');
    EXPECT_EQ(volatilityOf("lower", 1, 15), 'i');
    EXPECT_EQ(volatilityOf("random", 0, 15), 'v');
    EXPECT_EQ(volatilityOf("random", 2, 16), '\0') << "random(min, max) came with 17";
    EXPECT_EQ(volatilityOf("random", 2, 17), 'v');
    EXPECT_EQ(volatilityOf("make_interval", 0, 15), 'i') << "all its arguments have defaults";
    EXPECT_EQ(volatilityOf("concat", 5, 15), 's') << "it is variadic";
    EXPECT_EQ(volatilityOf("to_char", 2, 15), 's');
    EXPECT_EQ(volatilityOf("date_trunc", 2, 15), 's') << "immutable for timestamp, stable for timestamptz";
    EXPECT_EQ(volatilityOf("uuidv7", 0, 17), '\0');
    EXPECT_EQ(volatilityOf("uuidv7", 0, 18), 'v');
    EXPECT_EQ(volatilityOf("uuidv7", 0, 19), 'v') << "a newer server is taken for the last that is known";
    EXPECT_EQ(volatilityOf("uuid_generate_v4", 0, 15), '\0');
}

TEST(BuiltinCasts, TellWhichTypesAreTheSameOnDisk) {
    for (const auto& [from, to] : {std::pair{"varchar", "text"}, {"text", "varchar"}, {"cidr", "inet"}, {"xml", "text"},
                                   {"int4", "oid"}, {"varchar", "varchar"}, {"bit", "varbit"}, {"text", "bpchar"}})
        EXPECT_TRUE(binaryCoercible(from, to, 15)) << from << " to " << to;
    for (const auto& [from, to] : {std::pair{"bpchar", "text"}, {"int4", "int8"}, {"inet", "cidr"}, {"text", "xml"},
                                   {"_varchar", "_text"}, {"timestamp", "timestamptz"}, {"json", "jsonb"}})
        EXPECT_FALSE(binaryCoercible(from, to, 15)) << from << " to " << to;
    EXPECT_EQ(builtinCast("timestamp", "timestamptz", 15)->volatility, 's');
    EXPECT_TRUE(builtinCast("varchar", "varchar", 15)->simplifies);
    EXPECT_FALSE(builtinCast("bpchar", "bpchar", 15)->simplifies);
}

TEST(DefaultOpclasses, AreSharedByTypesThatAnIndexCanExchange) {
    EXPECT_EQ(defaultOpclass("btree", "varchar", 15), defaultOpclass("btree", "varchar", 18));
    EXPECT_EQ(defaultOpclass("btree", "varchar", 15)->name, defaultOpclass("btree", "text", 15)->name);
    EXPECT_EQ(defaultOpclass("btree", "varchar", 15)->inputType, "text");
    EXPECT_EQ(defaultOpclass("btree", "_int4", 15)->inputType, "anyarray");
    EXPECT_EQ(defaultOpclass("btree", "pg_class", 15)->inputType, "record");
    EXPECT_EQ(defaultOpclass("btree", "json", 15), nullptr);
    EXPECT_EQ(defaultOpclass("btree", "anymultirange", 13), nullptr);
    EXPECT_NE(defaultOpclass("btree", "anymultirange", 14), nullptr);
}

}  // namespace
}  // namespace slipway::postgres
