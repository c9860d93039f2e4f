package dev.handfast.xa.it.library;

import org.apache.ibatis.annotations.Insert;

/** MyBatis' way to the table. */
interface ItemMapper {

  @Insert("INSERT INTO item VALUES (#{id})")
  int insert(int id);
}
