package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.jdbc.internal.dialect.XidNaming;
import java.util.Base64;

/**
 * Names branches as H2 does: {@code XID|formatId|bqual|gtrid}, the last two in URL-safe base 64
 * without padding.
 */
final class H2Xid {

  static final XidNaming NAMING =
      new XidNaming(
          "XID|", "|", true, Base64.getUrlEncoder().withoutPadding(), Base64.getUrlDecoder());

  private H2Xid() {}
}
