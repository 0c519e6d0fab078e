#include "commands/ground.h"

#include <set>

namespace slipway::commands {

namespace {

/// Runs on a disposable database; statements are logged, but only the stages speak.
class DisposableGround : public stages::Ground {
  public:
    DisposableGround(const Project& project, const Environment& environment, std::unique_ptr<postgres::Clone> clone,
                     const std::string& user, const std::string& run, const EventSink& sink, std::string text)
        : project_(project), clone_(std::move(clone)), text_(std::move(text)) {
        postgres::Target address = clone_->target();
        if (!user.empty()) address.user = user;
        target_ = connectTo(project_, environment, address, "rehearse", Access::read);
        settleChecksums(project_, target_);
        site_.emplace(siteOf(project_, target_, run, Milliseconds(10'000), sink));
        site_->disposable = true;
    }
    apply::Site& site() override { return *site_; }
    const std::string& describe() const override { return text_; }
    Project& project() { return project_; }

  private:
    Project project_;  // a copy: repeatables' checksums are settled for this database
    std::unique_ptr<postgres::Clone> clone_;
    Target target_;
    std::optional<apply::Site> site_;
    std::string text_;
};

EventSink orNothing(const EventSink& sink) {
    return sink ? sink : [](const Event&) {};
}

}  // namespace

Grounds::Grounds(const Common& common, Copy copy, const std::string& run, const EventSink& sink, const std::function<void(Settings&)>& adjust)
    : run_(run), sink_(orNothing(sink)) {
    Opened opened(common, "rehearse", Access::read, sink, adjust);
    const Target& target = opened.target;
    project_ = opened.project;
    environment_ = chooseEnvironment(project_.settings, common.environment);
    address_ = target.address;
    database_ = target.facts.database;
    user_ = target.facts.user;
    superuser_ = target.facts.superuser;
    server_ = fmt::format("{}, database {}", target.connection->serverName(), database_);
    const bool embedded = !common.url && environment_.url.starts_with("embedded:");
    rebuilds_ = copy == Copy::rebuild || (copy == Copy::automatic && !embedded);
    if (rebuilds_) applied_ = postgres::readHistory(*target.connection, target.table).rows;
    environment_.named = false;  // a copy is no environment: it has no order and no mark
}

std::unique_ptr<stages::Ground> Grounds::fresh() { return rebuilds_ ? rebuild() : clone(); }

std::unique_ptr<stages::Ground> Grounds::clone() {
    return std::make_unique<DisposableGround>(project_, environment_, postgres::Clone::of(address_), "", run_, sink_, "a clone of " + database_);
}

std::unique_ptr<stages::Ground> Grounds::rebuild() {
    for (const HistoryRow& row : applied_)
        if (row.type == "BASELINE")
            throw Error("rebuild-baseline", Exit::no,
                        fmt::format("the history of {} starts at a baseline, so its migrations alone cannot rebuild it", database_),
                        "rehearse on a clone of it (`--on clone`), on a server where copying the database is allowed");
    const postgres::Target server = postgres::openEmbedded(postgres::serverFolder(project_.settings.root), "postgres", [&](const std::string& text) {
        Event told{Event::Kind::message};
        told.text = text;
        sink_(told);
    });
    auto scratch = postgres::Clone::empty(server);
    if (!superuser_) {
        const auto admin = postgres::Connection::open(scratch->target(), "slipway rehearse");
        const std::string role = postgres::quoteIdentifier(user_);
        if (!admin->value("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = $1", {user_})) admin->run("CREATE ROLE " + role + " LOGIN");
        admin->run(fmt::format("ALTER DATABASE {} OWNER TO {}", postgres::quoteIdentifier(scratch->name()), role));
    }
    auto ground = std::make_unique<DisposableGround>(project_, environment_, std::move(scratch), superuser_ ? "" : user_, run_, sink_,
                                                     database_ + " rebuilt from its migrations");
    // The files that the environment's history names, and no others.
    const auto statuses = apply::statusOf(project_.changelog, applied_, {std::nullopt, true});
    Changelog& all = ground->project().changelog;
    const Changelog whole = all;
    std::set<std::string> wanted;
    for (const apply::Status& status : statuses)
        if (status.applied() && status.migration) wanted.insert(status.migration->id());
    std::erase_if(all.migrations, [&](const Migration& migration) { return !wanted.contains(migration.id()); });
    if (!all.migrations.empty()) apply::migrate(ground->site(), {});
    all = whole;
    return ground;
}

}  // namespace slipway::commands
