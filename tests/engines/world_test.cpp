// What a World is made of: objects by number and by name, and their dependencies.
#include <gtest/gtest.h>

#include "engines/postgres/predict/world.h"

namespace slipway::postgres {

namespace {

TEST(World, FindsWhatItsNamesSayNow) {
    World world;
    const Id schema = world.addSchema("app").id;
    const Id table = world.addRelation(world.publicSchema(), "orders", RelationKind::table).id;
    EXPECT_EQ(world.relationNamed(world.publicSchema(), "orders"), table);
    EXPECT_EQ(world.relationNamed(schema, "orders"), 0U);
    world.rename(table, "bills", schema);
    EXPECT_EQ(world.relationNamed(world.publicSchema(), "orders"), 0U);
    EXPECT_EQ(world.relationNamed(schema, "bills"), table);
    world.erase(table);
    EXPECT_EQ(world.relationNamed(schema, "bills"), 0U);
    EXPECT_FALSE(world.exists(table));
    EXPECT_NE(world.addRelation(schema, "bills", RelationKind::table).id, table);
}

TEST(World, ATemporaryTableHidesTheOtherOnlyWhileItIsThere) {
    World world;
    const Id lasting = world.addRelation(world.publicSchema(), "t", RelationKind::table).id;
    const Id temporary = world.addRelation(world.publicSchema(), "t", RelationKind::table).id;
    EXPECT_EQ(world.relationNamed(world.publicSchema(), "t"), temporary);
    world.erase(temporary);
    EXPECT_EQ(world.relationNamed(world.publicSchema(), "t"), lasting);
}

TEST(World, ManyNamesComeAndGo) {
    World world;
    for (int round = 0; round < 3; ++round) {
        std::vector<Id> made;
        for (int i = 0; i < 1000; ++i) made.push_back(world.addRelation(world.publicSchema(), fmt::format("t{}", i), RelationKind::table).id);
        for (int i = 0; i < 1000; ++i) EXPECT_EQ(world.relationNamed(world.publicSchema(), fmt::format("t{}", i)), made[static_cast<size_t>(i)]);
        for (const Id each : made) world.erase(each);
        EXPECT_EQ(world.relationNamed(world.publicSchema(), "t500"), 0U);
    }
    EXPECT_TRUE(world.relations.empty());
}

TEST(World, OverloadsAreTheOldestFirst) {
    World world;
    const Id first = world.addFunction(world.publicSchema(), "f").id, second = world.addFunction(world.publicSchema(), "f").id;
    EXPECT_EQ(world.functionsNamed(world.publicSchema(), "f"), (std::vector<Id>{first, second}));
}

TEST(World, DependenciesGoWithEitherSide) {
    World world;
    const Id table = world.addRelation(world.publicSchema(), "t", RelationKind::table).id;
    const Id view = world.addRelation(world.publicSchema(), "v", RelationKind::view).id;
    const Id function = world.addFunction(world.publicSchema(), "f").id;
    world.depend({view, 0, false, 1, Bond::normal}, table);
    world.depend({view, 0, false, 1, Bond::normal}, table);
    world.depend({view, 0, false, 0, Bond::normal}, table);
    world.depend({table, 2, true, 0, Bond::normal}, function);
    ASSERT_EQ(world.dependents(table).size(), 2U);
    EXPECT_EQ(world.dependents(table, 1).size(), 1U);
    EXPECT_EQ(world.needs(table, 2, true), std::vector<Id>{function});
    world.release(table, 2, false);
    EXPECT_EQ(world.dependents(function).size(), 1U) << "the default still calls it";
    world.release(table, 2, true);
    EXPECT_TRUE(world.dependents(function).empty());
    world.erase(view);
    EXPECT_TRUE(world.dependents(table).empty());
    world.depend({function, 0, false, 0, Bond::normal}, table);
    world.erase(table);
    EXPECT_TRUE(world.needs(function).empty());
}

TEST(World, ACopyIsIndependent) {
    World world;
    const Id table = world.addRelation(world.publicSchema(), "t", RelationKind::table).id;
    world.relation(table).columns.push_back({.name = "a"});
    world.relation(table).comment = "first";
    World copy = world;
    copy.relation(table).columns.front().collation = "C";
    copy.relation(table).comment = "second";
    copy.rename(table, "u");
    EXPECT_EQ(world.relationNamed(world.publicSchema(), "t"), table);
    EXPECT_EQ(world.relation(table).comment, "first");
    EXPECT_TRUE(world.relation(table).columns.front().collation.empty());
}

}  // namespace
}  // namespace slipway::postgres
