// The catalog answers lists and hears of changes.
#include "actors/catalog.hpp"

#include "support/deterministic_actors.hpp"

namespace oq::actors {
namespace {

class CatalogTest : public oq::testing::DeterministicActors {
protected:
  Catalog spawn(Vocabulary words = Vocabulary::seed) {
    return owned(system().spawn(catalog, words, LeasePtr()));
  }
  static store::CalculationRecord record(CalculationId id, const char* status,
                                         std::int64_t revision) {
    store::CalculationRecord out;
    out.id = id;
    out.status = status;
    out.phase = "post_processing";
    out.revision = revision;
    return out;
  }
  std::string seed_list(const Catalog& from) {
    const auto sink = new_sink();
    ListQuestion question;
    question.kind = ListKind::seed_hazard;
    question.base = base();
    tell(from, list_atom::value, question, SinkPtr(sink));
    return sink->body();
  }
};

TEST_F(CatalogTest, StartsWithWhatTheStoreKnows) {
  const auto to = spawn();
  tell(to, known_atom::value,
       RecordsPtr(std::make_shared<const std::vector<store::CalculationRecord>>(
         1, record(3, "complete", 4))));
  EXPECT_EQ(seed_list(to), R"([{"description": "", "id": 3, "status": "complete", )"
                           R"("url": "http://localhost:8000/v1/calc/hazard/3"}])");
}

TEST_F(CatalogTest, WhatTheStoreKnowsComesInSeveralBatches) {
  const auto to = spawn();
  tell(to, changed_atom::value,
       RecordPtr(std::make_shared<const store::CalculationRecord>(record(2, "complete", 9))));
  for (const CalculationId id : {1, 2, 3})
    tell(to, known_atom::value,
         RecordsPtr(std::make_shared<const std::vector<store::CalculationRecord>>(
           1, record(id, "executing", 4))));
  const auto list = seed_list(to);
  EXPECT_NE(list.find(R"("id": 1, "status": "executing")"), std::string::npos);
  EXPECT_NE(list.find(R"("id": 2, "status": "complete")"), std::string::npos)
    << "a change that came before is newer";
  EXPECT_NE(list.find(R"("id": 3, )"), std::string::npos);
}

TEST_F(CatalogTest, ShowsAChangeInTheNextList) {
  const auto to = spawn();
  EXPECT_EQ(seed_list(to), "[]");
  tell(to, changed_atom::value,
       RecordPtr(std::make_shared<const store::CalculationRecord>(record(3, "executing", 4))));
  EXPECT_NE(seed_list(to).find(R"("status": "executing")"), std::string::npos);
}

TEST_F(CatalogTest, SpeaksTheStrictVocabularyWhenTold) {
  const auto to = spawn(Vocabulary::seed_strict);
  tell(to, changed_atom::value,
       RecordPtr(std::make_shared<const store::CalculationRecord>(record(3, "failed", 4))));
  EXPECT_NE(seed_list(to).find(R"("status": "post_processing")"), std::string::npos);
}

TEST_F(CatalogTest, ANodeThatIsCutOffShowsNoOldList) {
  const auto lease = std::make_shared<Lease>();
  const auto handle = owned(system().spawn(catalog, Vocabulary::seed, lease));
  const auto listed = [&] {
    const auto sink = new_sink();
    tell(handle, list_atom::value, ListQuestion{}, SinkPtr(sink));
    return sink->code();
  };
  EXPECT_EQ(listed(), Errc::unavailable);

  lease->hear(BootClock::now());

  EXPECT_EQ(listed(), Errc::none);
}

} // namespace
} // namespace oq::actors
