package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.internal.jta.resources.arjunacore.XAResourceRecord;
import com.arjuna.ats.internal.jta.resources.arjunacore.XAResourceRecordWrappingPlugin;
import javax.transaction.xa.XAResource;
import org.jboss.tm.XAResourceWrapper;

/**
 * Copies the name of each branch's resource into Narayana's record: a record without it can never
 * be finished (ARJUNA016037). Public because Narayana makes it by name.
 */
public final class WrapperNames implements XAResourceRecordWrappingPlugin {

  @Override
  public void transcribeWrapperData(XAResourceRecord record) {
    if (record.value() instanceof XAResourceWrapper wrapper) {
      record.setProductName(wrapper.getProductName());
      record.setProductVersion(wrapper.getProductVersion());
      record.setJndiName(wrapper.getJndiName());
    }
  }

  @Override
  public Integer getEISName(XAResource resource) {
    return 0;
  }

  @Override
  public String getEISName(Integer number) {
    return "handfast";
  }
}
