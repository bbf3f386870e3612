// Untrusted XML is read within limits, and every complaint names file and line.
#include "engine/nrml/xml.hpp"

#include <gmock/gmock.h>

namespace oq::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

XmlDocument parsed(std::string text) {
  auto document = parse_xml(std::move(text), "model.xml");
  EXPECT_TRUE(document) << document.error().text();
  return *std::move(document);
}

Error refusal(std::string text, const XmlLimits& limits = {}) {
  const auto document = parse_xml(std::move(text), "model.xml", limits);
  EXPECT_FALSE(document);
  return document ? Error{} : document.error();
}

TEST(Xml, NamesAreComparedWithoutTheirPrefix) {
  const auto document = parsed("<a xmlns:gml='x'><gml:pos gml:n='1'>1 2</gml:pos></a>");

  const auto pos = document.root().child("pos");

  ASSERT_TRUE(pos);
  EXPECT_EQ(pos->name(), "pos");
  EXPECT_THAT(*pos->numbers(), ElementsAre(1, 2));
  EXPECT_EQ(pos->attribute("n"), "1");
}

TEST(Xml, AnElementKnowsItsLine) {
  const auto document = parsed("<?xml version='1.0'?>\n<!-- two\nlines -->\n<a>\n\n  <b/></a>");

  EXPECT_EQ(document.root().where(), "model.xml:4");
  EXPECT_EQ(document.root().child("b")->where(), "model.xml:6");
}

TEST(Xml, LinesStayRightBehindByteOrderMarkAndCarriageReturns) {
  const auto document = parsed("\xEF\xBB\xBF<a>\r\n  <b>x\r\n</b>\r\n  <c/></a>");

  EXPECT_EQ(document.root().child("b")->line(), 2);
  EXPECT_EQ(document.root().child("c")->line(), 4);
}

TEST(Xml, Latin1IsReadWhenDeclared) {
  const auto document =
    parsed("<?xml version='1.0' encoding='ISO-8859-1'?>\n<a n='\xE9\xE9'>\n<b/></a>");

  EXPECT_EQ(document.root().attribute("n"), "\xC3\xA9\xC3\xA9");
  EXPECT_EQ(document.root().child("b")->line(), 3);
}

TEST(Xml, TextJoinsCharacterDataAndCdata) {
  const auto document = parsed("<a> x<!-- no --><![CDATA[<y>]]> </a>");

  EXPECT_EQ(document.root().text(), "x<y>");
}

TEST(Xml, ChildrenComeInOrder) {
  const auto document = parsed("<a><b n='1'/><c/><b n='2'/></a>");

  EXPECT_EQ(document.root().children().size(), 3u);
  ASSERT_EQ(document.root().children("b").size(), 2u);
  EXPECT_EQ(document.root().children("b")[1].attribute("n"), "2");
}

TEST(Xml, MalformedTextNamesTheLine) {
  const Error error = refusal("<a>\n<b>\n</a>");

  EXPECT_EQ(error.code, Errc::invalid_input);
  EXPECT_EQ(error.where, "model.xml:3");
  EXPECT_THAT(error.message, HasSubstr("malformed XML"));
}

TEST(Xml, EmptyAndForeignFilesAreRefused) {
  EXPECT_EQ(refusal("").code, Errc::invalid_input);
  EXPECT_EQ(refusal("just words").code, Errc::invalid_input);
  EXPECT_EQ(refusal(std::string("\x89PNG\r\n\x1a\n\0\0\0", 11)).code, Errc::invalid_input);
}

TEST(Xml, DocumentTypesAreRefused) {
  const Error error = refusal("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>");

  EXPECT_THAT(error.message, HasSubstr("document type"));
}

TEST(Xml, BytesThatAreNotUtf8NameTheLine) {
  const Error error = refusal("<a>\n\xE9t\xE9</a>");

  EXPECT_EQ(error.where, "model.xml:2");
  EXPECT_THAT(error.message, HasSubstr("UTF-8"));
}

TEST(Xml, DeepNestingIsRefused) {
  std::string text;
  for (int level = 0; level < 200'000; ++level)
    text += "<a>";
  for (int level = 0; level < 200'000; ++level)
    text += "</a>";

  EXPECT_THAT(refusal(text).message, HasSubstr("nested too deeply"));
}

TEST(Xml, DepthWithinTheLimitIsFine) {
  EXPECT_TRUE(parse_xml("<a><b><c/></b><b><c/></b><b><c/></b></a>", "m", XmlLimits{.depth = 2}));
}

TEST(Xml, SizeAndNumberOfElementsAreBounded) {
  EXPECT_THAT(refusal("<a>xxxxxxxx</a>", {.bytes = 10}).message, HasSubstr("larger than 10"));
  EXPECT_THAT(refusal("<a><b/><b/></a>", {.markup = 3}).message, HasSubstr("too many elements"));
}

TEST(Xml, NumbersThatAreNoneNameElementAndLine) {
  const auto document = parsed("<a>\n<b>1 NaN</b>\n<c x='inf' y='1'/></a>");

  const auto list = document.root().child("b")->numbers();
  const auto attribute = document.root().child("c")->number_attribute("x");

  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().where, "model.xml:2");
  EXPECT_THAT(list.error().message, HasSubstr("<b>"));
  ASSERT_FALSE(attribute);
  EXPECT_THAT(attribute.error().message, HasSubstr("'x' of <c>"));
}

TEST(Xml, WhatIsMissingIsNamed) {
  const auto document = parsed("<a><b/></a>");
  const XmlElement root = document.root();

  EXPECT_THAT(root.require_child("c").error().message, HasSubstr("<a> has no <c>"));
  EXPECT_THAT(root.require_attribute("id").error().message, HasSubstr("no attribute 'id'"));
  EXPECT_THAT(root.child("b")->numbers().error().message, HasSubstr("<b> is empty"));
  EXPECT_EQ(*root.number_attribute("n", 7.0), 7.0);
}

TEST(Xml, AMissingFileIsNotFound) {
  const auto document = load_xml("/nowhere/at_all.xml");

  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, Errc::not_found);
  EXPECT_EQ(document.error().where, "at_all.xml");
}

TEST(Nrml, ContentOfAnotherKindIsNamed) {
  const auto document = parsed("<nrml>\n<exposureModel/></nrml>");

  const auto content = nrml_content(document, {"sourceModel", "geometryModel"});

  ASSERT_FALSE(content);
  EXPECT_THAT(content.error().message, HasSubstr("found <exposureModel>"));
  EXPECT_TRUE(nrml_content(document, {"exposureModel"}));
}

} // namespace
} // namespace oq::engine
