// JoinedFields: the fields of several files, whose events are numbered one file after the other.
#pragma once

#include "engine/gmf/import_fields.hpp"

#include <string>

namespace oq::engine {

// One file's; there is a row.
struct FieldsOfFile {
  std::string file;
  FieldTable fields;      // in any order
  std::size_t events = 0; // that the file tells of; fields may have more
};

class JoinedFields {
public:
  // Errc::invalid_input names the file: an event that shakes a site twice, other measures than
  // those of the first file, too many rows or events.
  Result<void> add(FieldsOfFile next);
  ImportedTable take(SiteCollection sites) &&;

private:
  std::string first_file_;
  FieldTable fields_; // by event, then site
  std::size_t events_ = 0;
};

} // namespace oq::engine
