// open_notice_store: a NoticeStore on the database that open_store opens.
#pragma once

#include "store/notice_store.hpp"

#include <memory>
#include <string>

namespace oq::store {

// A connection of its own. Errors as open_store's.
Result<std::unique_ptr<NoticeStore>> open_notice_store(const std::string& url);

} // namespace oq::store
