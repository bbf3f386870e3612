// Query: one SQL statement with its parameters and result columns; owns what it binds.
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace oq::store {

// Text that both databases take: NUL and bytes that are not UTF-8 become '?'.
std::string storable_text(std::string_view text);

// Throws soci::soci_error; callers run inside SqlSession::run, which turns it into an Error.
class Query {
public:
  Query(soci::session& session, std::string text);

  // Binds `:name`.
  Query& with(const std::string& name, std::int64_t value);
  Query& with(const std::string& name, std::string_view value);
  Query& with(const std::string& name, const std::optional<std::int64_t>& value);
  Query& with(const std::string& name, const std::optional<std::string>& value);

  // Receives the next column of each row; `column` must outlive the query.
  Query& into(std::int64_t& column);
  Query& into(std::int64_t& column, soci::indicator& present);
  Query& into(std::string& column);

  // Runs the statement; true when there is a row, which is in the columns then.
  bool execute();
  // Loads the next row; false after the last.
  bool next();

private:
  struct Parameter {
    std::int64_t number = 0;
    std::string text;
    soci::indicator present = soci::i_ok;
  };
  Query& bind_number(const std::string& name, Parameter parameter);
  Query& bind_text(const std::string& name, Parameter parameter);

  std::string text_;
  std::deque<Parameter> parameters_; // a deque: SOCI keeps references to the elements
  soci::statement statement_;
};

} // namespace oq::store
