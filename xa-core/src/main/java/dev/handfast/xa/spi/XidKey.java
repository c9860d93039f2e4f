package dev.handfast.xa.spi;

import java.util.HexFormat;
import javax.transaction.xa.Xid;

/**
 * An Xid that can be compared: drivers' own classes often cannot.
 *
 * @param formatId of the transaction manager
 * @param gtrid in hexadecimal
 * @param bqual in hexadecimal
 */
public record XidKey(int formatId, String gtrid, String bqual) {

  private static final HexFormat HEX = HexFormat.of();

  public static XidKey of(Xid xid) {
    return new XidKey(
        xid.getFormatId(),
        HEX.formatHex(xid.getGlobalTransactionId()),
        HEX.formatHex(xid.getBranchQualifier()));
  }
}
