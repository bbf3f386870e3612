// SOCI 4.0 has no blob that both databases take: chunks are base64 text (RFC 4648).
#include "store/sql_inputs.hpp"

#include "store/base64.hpp"
#include "store/calculation_rows.hpp"
#include "store/sql_query.hpp"

#include <fmt/format.h>

namespace oq::store {
namespace {

// A multiple of 3; one a transaction, so that no transaction lasts long.
constexpr std::size_t kChunkBytes = 3 * 256 * 1024;

// The row of input_file is written last: without it the chunks are not a file.
Result<void> clear_input(soci::session& sql, CalculationId id, const std::string& name) {
  std::int64_t found = 0;
  if (!Query(sql, "SELECT id FROM calculation WHERE id = :id").with("id", id).into(found).execute())
    return unknown_calculation(id);
  for (const char* table : {"input_file", "input_chunk"})
    Query(sql, fmt::format("DELETE FROM {} WHERE calculation_id = :id AND name = :name", table))
      .with("id", id)
      .with("name", std::string_view(name))
      .execute();
  return {};
}

void insert_chunk(soci::session& sql, CalculationId id, const std::string& name,
                  std::int64_t number, std::string_view bytes) {
  Query(sql, "INSERT INTO input_chunk (calculation_id, name, number, content)"
             " VALUES (:id, :name, :number, :content)")
    .with("id", id)
    .with("name", std::string_view(name))
    .with("number", number)
    .with("content", std::string_view(base64_text(bytes)))
    .execute();
}

Result<std::string> read_chunk(soci::session& sql, CalculationId id, const std::string& name,
                               std::int64_t number) {
  std::string content;
  const bool found = Query(sql, "SELECT content FROM input_chunk WHERE calculation_id = :id"
                                " AND name = :name AND number = :number")
                       .with("id", id)
                       .with("name", std::string_view(name))
                       .with("number", number)
                       .into(content)
                       .execute();
  auto bytes = bytes_of_base64(content);
  if (!found || !bytes || bytes->empty())
    return Error{Errc::unavailable, "an input file in the database is damaged", name};
  return std::move(*bytes);
}

Result<InputFile> read_input(SqlSession& session, CalculationId id, const std::string& name,
                             std::int64_t size) {
  InputFile file{name, {}};
  file.bytes.reserve(static_cast<std::size_t>(size));
  for (std::int64_t number = 0; std::ssize(file.bytes) < size; ++number) {
    OQ_TRY(const auto chunk, session.run([&](soci::session& sql) {
      return read_chunk(sql, id, name, number);
    }));
    file.bytes += chunk;
  }
  return file;
}

} // namespace

Result<void> put_input(SqlSession& session, CalculationId id, const std::string& name,
                       std::string_view bytes) {
  OQ_CHECK(session.run_transaction([&](soci::session& sql) {
    return clear_input(sql, id, name);
  }));
  for (std::size_t at = 0; at < bytes.size(); at += kChunkBytes)
    OQ_CHECK(session.run_transaction([&](soci::session& sql) -> Result<void> {
      insert_chunk(sql, id, name, static_cast<std::int64_t>(at / kChunkBytes),
                   bytes.substr(at, kChunkBytes));
      return {};
    }));
  return session.run_transaction([&](soci::session& sql) -> Result<void> {
    Query(sql, "INSERT INTO input_file (calculation_id, name, size_bytes)"
               " VALUES (:id, :name, :size)")
      .with("id", id)
      .with("name", std::string_view(name))
      .with("size", static_cast<std::int64_t>(bytes.size()))
      .execute();
    return {};
  });
}

Result<std::vector<InputFile>> inputs_of(SqlSession& session, CalculationId id) {
  using Listed = std::vector<std::pair<std::string, std::int64_t>>;
  OQ_TRY(const auto listed, session.run([&](soci::session& sql) -> Result<Listed> {
    std::string name;
    std::int64_t size = 0;
    Query query(sql, "SELECT name, size_bytes FROM input_file WHERE calculation_id = :id"
                     " ORDER BY name");
    query.with("id", id).into(name).into(size);
    Listed rows;
    for (bool more = query.execute(); more; more = query.next())
      rows.emplace_back(name, size);
    return rows;
  }));
  std::vector<InputFile> files;
  for (const auto& [name, size] : listed) {
    OQ_TRY(auto file, read_input(session, id, name, size));
    files.push_back(std::move(file));
  }
  return files;
}

void drop_inputs(soci::session& sql, CalculationId id) {
  for (const char* table : {"input_file", "input_chunk"})
    Query(sql, fmt::format("DELETE FROM {} WHERE calculation_id = :id", table))
      .with("id", id)
      .execute();
}

} // namespace oq::store
