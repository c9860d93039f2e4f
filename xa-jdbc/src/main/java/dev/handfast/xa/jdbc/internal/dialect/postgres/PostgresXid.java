package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.internal.dialect.XidNaming;
import java.util.Base64;
import java.util.Optional;
import javax.transaction.xa.Xid;

/**
 * How PostgreSQL's driver names a branch, which is then its gid: {@code formatId_gtrid_bqual}, the
 * last two in base 64. A gid holds no character that SQL would have to escape.
 */
final class PostgresXid {

  static final XidNaming NAMING =
      new XidNaming("", "_", false, Base64.getEncoder(), Base64.getDecoder());

  private PostgresXid() {}

  /** The gid of a branch. */
  static String gid(Xid xid) {
    return NAMING.name(xid);
  }

  /** The branch of a gid, empty if the gid is one that somebody gave by hand. */
  static Optional<Xid> parse(String gid) {
    return NAMING.parse(gid);
  }
}
