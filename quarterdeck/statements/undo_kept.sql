select label from staying order by entity, label
